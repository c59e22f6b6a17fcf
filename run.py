"""`python run.py COMMAND`: runs the simulator in place, without installing it."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - says so instead of failing on the first line of new syntax
    sys.stderr.write("需要 Python 3.11 或更高版本。 Python 3.11 or later is needed.\n")
    sys.exit(2)

try:
    from sim.cli.main import main
except KeyboardInterrupt:
    sys.stderr.write("已中断。 Interrupted.\n")
    sys.exit(130)
except ModuleNotFoundError as missing:
    if missing.name is None or missing.name.split(".")[0] == "sim":
        raise
    sys.stderr.write(
        f"缺少程序库 {missing.name}：请先按 README.zh-CN.md 安装。 "
        f"The library {missing.name} is missing: install as README.md says.\n"
    )
    sys.exit(2)

if __name__ == "__main__":
    sys.exit(main(program="python run.py"))
