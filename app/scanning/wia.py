"""Scans one page from a flatbed on Windows, by WIA: the twin of `app.scanning.sane`.

NOT TRIED: no Windows was at hand when this was written. It asks the WIA automation objects, which every
Windows since Vista has, through PowerShell, so that a driver that hangs takes its own process with it.
"""

import os
import subprocess
from pathlib import Path

from app.models.errors import OtherSideFailed
from app.scanning.sane import DOTS, Scanner, Tell, told_by, watch

_FIND = """
[Console]::OutputEncoding = [Text.Encoding]::UTF8
$found = (New-Object -ComObject WIA.DeviceManager).DeviceInfos
foreach ($one in $found) { if ($one.Type -eq 1) { "$($one.DeviceID)`t$($one.Properties.Item('Name').Value)" } }
"""
# 6146: intent, 1 is colour; 6147 and 6148: dots an inch; the last word is the format PNG
_SCAN = """
$found = (New-Object -ComObject WIA.DeviceManager).DeviceInfos
foreach ($one in $found) { if ($one.DeviceID -eq $env:MOTCUA_SCANNER) { $device = $one.Connect() } }
$item = $device.Items.Item(1)
$item.Properties.Item('6146').Value = 1
$item.Properties.Item('6147').Value = [int]$env:MOTCUA_DOTS
$item.Properties.Item('6148').Value = [int]$env:MOTCUA_DOTS
$image = $item.Transfer('{B96B3CAF-0728-11D3-9D7B-0000F81EF32E}')
$image.SaveFile($env:MOTCUA_PAGE)
"""
_POWERSHELL = ["powershell", "-NoProfile", "-NonInteractive", "-Command"]


def find() -> list[Scanner]:
    """The scanners there are. Raises `Refused`, `OtherSideFailed`."""
    return told_by(
        [*_POWERSHELL, _FIND], "Windows này không có PowerShell. Hãy để máy quét lưu vào thư mục."
    )


def scan(device: str, page: Path, tell: Tell) -> None:
    """Scan what lies on the glass into `page`, a PNG. WIA says nothing of how far it is."""
    told = {"MOTCUA_SCANNER": device, "MOTCUA_DOTS": str(DOTS), "MOTCUA_PAGE": str(page)}
    process = subprocess.Popen(
        [*_POWERSHELL, _SCAN],
        env=os.environ | told, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    watch(process, lambda: tell(0, 100))
    if process.returncode or not page.exists():
        raise OtherSideFailed("Máy quét báo lỗi. Hãy kiểm tra dây nối, tắt bật rồi thử lại.")
