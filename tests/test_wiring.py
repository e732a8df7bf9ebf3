"""What the tabs share in dealing with Gradio."""

from __future__ import annotations

import subprocess
import sys

IMPORT = """
import inspect, sys
stubs, getfile = [], inspect.getfile
sys.addaudithook(lambda name, given: name == "open" and str(given[0]).endswith(".pyi")
                 and stubs.append(given[0]))
from ui.wiring import gradio
gradio()
assert inspect.getfile is getfile
print(stubs)
"""


def test_gradio_is_imported_without_writing_stubs_for_who_develops_it() -> None:
    done = subprocess.run([sys.executable, "-c", IMPORT], capture_output=True, text=True)

    assert (done.stdout.strip(), done.returncode) == ("[]", 0), done.stderr
