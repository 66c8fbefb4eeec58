# mypy: disable-error-code="import-not-found,import-untyped"
# The peers are an extra, and not all of them are typed.
"""docxtpl and LibreOffice: a .docx for each case, all of them converted by one process with a profile that is warm.

Arguments: template, words.json, folder for the outputs, LibreOffice's profile.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from docxtpl import DocxTemplate

template, words, out, profile = map(Path, sys.argv[1:])
files = []
for number, case in enumerate(json.loads(words.read_text(encoding="utf-8")), 1):
    document = DocxTemplate(template)
    document.render(case)
    files.append(out / f"{number:03}.docx")
    document.save(files[-1])
office = ("soffice", f"-env:UserInstallation={profile.resolve().as_uri()}", "--headless")
subprocess.run([*office, "--convert-to", "pdf", "--outdir", out, *files], check=True)
