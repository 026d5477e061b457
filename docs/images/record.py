#!/usr/bin/env python3
"""Records docs/images/demo.svg: a real run of `aerocast demo --until-healed` in tmux, played back faster.

Needs Python 3 and tmux. From the top of the tree: python3 docs/images/record.py
"""

import html
import pathlib
import re
import subprocess
import sys
import tempfile
import time

COLUMNS, ROWS = 100, 36
EVERY_SECONDS = 2.0
SPEED = 5
HOLD_SECONDS = 8
CELL_WIDTH, LINE_HEIGHT, MARGIN = 8.0, 18, 14
COLOURS = {"31": "#f47067", "32": "#57ab5a", "33": "#d4a72c", "36": "#39c5cf"}
TEXT, FAINT, BACKGROUND = "#cdd9e5", "#768390", "#1c2128"

ROOT = pathlib.Path(__file__).resolve().parents[2]


def tmux(*arguments):
    return subprocess.run(["tmux", "-L", "record", *arguments], check=True, capture_output=True, text=True).stdout


def record():
    """Screens of the run, as text with ANSI escapes."""
    with tempfile.TemporaryDirectory() as data:
        command = f"printf '$ ./aerocast demo\\n'; {ROOT}/aerocast demo --until-healed; sleep 3"
        tmux("new-session", "-d", "-x", str(COLUMNS), "-y", str(ROWS), "-c", data, command)
        frames = []
        try:
            while True:
                screen = tmux("capture-pane", "-e", "-p").rstrip("\n")
                if not frames or screen != frames[-1]:
                    frames.append(screen)
                time.sleep(EVERY_SECONDS)
        except subprocess.CalledProcessError:
            return frames


def runs(line):
    """Parts of a line that look alike: text, colour, bold."""
    colour, bold, faint = TEXT, False, False
    for part in re.split(r"(\x1b\[[0-9;]*m)", line):
        if not part.startswith("\x1b"):
            if part:
                yield part, FAINT if faint else colour, bold
            continue
        for code in part[2:-1].split(";"):
            if code in ("", "0"):
                colour, bold, faint = TEXT, False, False
            elif code == "1":
                bold = True
            elif code == "2":
                faint = True
            elif code == "22":
                bold = faint = False
            elif code == "39":
                colour = TEXT
            elif code in COLOURS:
                colour = COLOURS[code]


def drawn(row, line):
    """One line of the screen as SVG."""
    out, column = [], 0
    y = MARGIN + (row + 1) * LINE_HEIGHT - 5
    for text, colour, bold in runs(line):
        # Columns stay columns also where blanks are collapsed.
        for word in re.finditer(r"\S+( \S+)*", text):
            x = MARGIN + (column + word.start()) * CELL_WIDTH
            weight = ' font-weight="bold"' if bold else ""
            out.append(
                f'<text x="{x:g}" y="{y}" fill="{colour}"{weight} textLength="{len(word[0]) * CELL_WIDTH:g}"'
                f' lengthAdjust="spacingAndGlyphs">{html.escape(word[0])}</text>'
            )
        column += len(text)
    return "".join(out)


def lines(screen):
    """The lines of a screen, each with the escapes that still hold from the lines above."""
    held = ""
    for line in screen.split("\n"):
        yield held + line
        held = "".join(re.findall(r"\x1b\[[0-9;]*m", held + line)[-3:])


def intervals(frames):
    """Each line that is seen, with its row, its first frame and the one after its last."""
    seen = {}
    for i, frame in enumerate(frames + [""]):
        now = dict(enumerate(lines(frame))) if i < len(frames) else {}
        for row in sorted(set(seen) | set(now)):
            line = seen.get(row, ("", 0))[0]
            if row in seen and now.get(row) != line:
                yield row, line, seen.pop(row)[1], i
            if row in now and row not in seen:
                seen[row] = (now[row], i)


def svg(frames):
    width = MARGIN * 2 + COLUMNS * CELL_WIDTH
    height = MARGIN * 2 + max(frame.count("\n") + 1 for frame in frames) * LINE_HEIGHT
    step = EVERY_SECONDS / SPEED
    total = step * len(frames) + HOLD_SECONDS
    style, body = {}, []
    for row, line, first, end in intervals(frames):
        drawing = drawn(row, line)
        if drawing:
            last = end == len(frames)
            name = f"f{first}-{end}"
            hide = "" if last else f"{100 * end * step / total:.2f}%,100%{{opacity:0}}"
            wait = f"0%{{opacity:0}}{100 * first * step / total:.2f}%{{opacity:1}}" if first else "0%{opacity:1}"
            style[name] = f"@keyframes {name}{{{wait}{hide}}}.{name}{{animation:{name} {total:.2f}s step-end infinite}}"
            body.append(f'<g class="{name}" opacity="{1 if last else 0}">{drawing}</g>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height}" width="{width:g}" height="{height}"'
        ' font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,\'DejaVu Sans Mono\',monospace" font-size="13"'
        f'><title>aerocast demo: the whole loop in a terminal, {SPEED} times as fast</title>'
        f"<style>{''.join(style.values())}</style>"
        f'<rect width="100%" height="100%" rx="8" fill="{BACKGROUND}"/>{"".join(body)}</svg>\n'
    )


if __name__ == "__main__":
    recorded = record()
    while recorded and not recorded[-1].strip():
        recorded.pop()
    if not recorded or "healed" not in recorded[-1]:
        sys.exit("not healed, nothing is recorded:\n" + "\n".join(recorded[-1:]))
    target = ROOT / "docs/images/demo.svg"
    target.write_text(svg(recorded), encoding="utf-8")
    print(f"{target}: {len(recorded)} frames, {target.stat().st_size // 1024} kB", file=sys.stderr)
