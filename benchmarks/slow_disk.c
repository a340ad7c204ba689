/* Preloaded into a program, makes each durable write take as long as on a commune's hard disk.

   FSYNC_MS says how much longer each takes; one byte goes into the file FSYNC_LOG for each. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static int slowly(const char *name, int file)
{
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    const char *ms = getenv("FSYNC_MS"), *log = getenv("FSYNC_LOG");
    struct timespec longer = {0, (ms ? atol(ms) : 0) * 1000000};
    int counted = log ? open(log, O_WRONLY | O_APPEND | O_CREAT, 0600) : -1;
    if (counted >= 0) {
        (void)!write(counted, "f", 1);
        close(counted);
    }
    nanosleep(&longer, NULL);
    return real(file);
}

int fsync(int file) { return slowly("fsync", file); }
int fdatasync(int file) { return slowly("fdatasync", file); }
