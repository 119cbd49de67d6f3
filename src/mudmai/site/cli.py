"""The command `mudmai`: Django's management under words that people use."""

import difflib
import os
import sys

# What a word stands for where Python or Django has the word itself.
ALIASES = {"import": "import_list"}
# In the order in which a newcomer meets them.
COMMANDS = {
    "demo": ("ดูเมืองตัวอย่าง", "show the invented town"),
    "serve": ("เปิดใช้งานจริง (เว็บและงานเบื้องหลัง)", "run web and worker together"),
    "user": ("เพิ่มผู้ใช้ กำหนดหน้าที่ ตั้งรหัสผ่าน", "add users, give duties, set passwords"),
    "places": ("นำเข้าหมู่บ้าน แนวเขต แผนที่ฐาน", "load villages, boundaries, a basemap"),
    "import": ("นำเข้ารายชื่อจากไฟล์", "bring in a list"),
    "undo": ("ถอนรายชื่อที่นำเข้าแล้ว", "take a list back"),
    "train": ("ให้ระบบเรียนน้ำหนักการจับคู่คน", "learn how much each finding weighs"),
    "export": ("ส่งออกข้อมูล", "write lists for Excel, Google My Maps and others"),
    "linkage": ("เทียบคนทั้งหมดข้ามทะเบียน (DuckDB หรือ Spark)", "compare everybody with everybody"),
    "backup": ("สำรองข้อมูลทั้งหมดเป็นไฟล์เดียว", "keep everything in one file"),
    "restore": ("กู้คืนจากไฟล์สำรอง", "bring a backup back"),
    "keys": ("เปลี่ยนกุญแจเข้ารหัส", "rotate the sealing keys"),
    "doctor": ("ตรวจการติดตั้งและบอกวิธีแก้", "check the installation and say the cures"),
    "web": ("เปิดเว็บอย่างเดียว", "run the web server alone"),
    "worker": ("เปิดงานเบื้องหลังอย่างเดียว", "run the worker alone"),
    "migrate": ("ปรับฐานข้อมูลให้ตรงรุ่น", "bring the database up to date"),
}
HELP_WORDS = {"help", "-h", "--help"}
# These bring the database up to date by themselves, so that a newcomer need not know the word "migrate".
NEED_TABLES = {"demo", "user", "places", "import", "undo", "train", "export", "linkage", "keys"}


def main(arguments: list[str] | None = None) -> None:
    """Run one command; exits with 0, 1 (refused) or 2 (a wrong setting or word)."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mudmai.site.settings")
    if not words or (words[0] in HELP_WORDS and len(words) == 1):
        print(overview())
        return
    if words[0] in {"--version", "version"}:
        from mudmai import __version__

        print(f"mudmai {__version__}")
        return
    run(words)


def run(words: list[str]) -> None:
    import django
    from django.core.management import execute_from_command_line, get_commands

    from mudmai.kernel.errors import DomainError
    from mudmai.site.env import WrongSetting

    try:
        django.setup()
        if words[0] in HELP_WORDS:
            words = [words[1], "--help"]
        name = ALIASES.get(words[0], words[0])
        known = get_commands()
        if name not in known and name != "help":
            sys.exit(unknown(words[0], list(known)))
        if words[0] in NEED_TABLES and not HELP_WORDS & set(words[1:]):
            bring_up_to_date()
        execute_from_command_line(["mudmai", name, *words[1:]])
    except WrongSetting as problem:
        sys.exit(say(str(problem), 2))
    except DomainError as refusal:
        sys.exit(say(str(refusal), 1))
    except BrokenPipeError:
        # Somebody read enough, as `head` does.
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115  # it ends with the process
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def bring_up_to_date() -> None:
    from mudmai.site import migrating

    migrating.bring_up_to_date()


def say(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code


def unknown(word: str, known: list[str]) -> int:
    close = difflib.get_close_matches(word, [*COMMANDS, *known], n=1)
    hint = f" หมายถึง “mudmai {close[0]}” หรือไม่ · Did you mean “mudmai {close[0]}”?" if close else ""
    return say(f"ไม่มีคำสั่ง “{word}” · There is no command “{word}”.{hint}\n\n{overview()}", 2)


def overview() -> str:
    """The friendly help, in both languages at once: whoever reads it may have set neither."""
    lines = ["หมุดหมาย · Mudmai", "", "  mudmai COMMAND --help", ""]
    lines += [f"  {name:<9} {english} · {thai}" for name, (thai, english) in COMMANDS.items()]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
