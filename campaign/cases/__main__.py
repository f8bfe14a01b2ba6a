"""`make check-rules`: run the cases beside the rules, and name the rules that never fired."""

import argparse
import sys
from pathlib import Path

import click

from campaign.cases.reading import FOLDER, read_cases
from campaign.cases.running import never_fired, run, untried
from campaign.errors import CampaignError
from campaign.history import archive
from campaign.rulebook.loader import load


def main(arguments: list[str]) -> int:
    """Run everything and say what was found; 0 where all cases hold, 4 where the rules must be mended."""
    parser = argparse.ArgumentParser(prog="check-rules", description="检查规则文件并运行规则旁的案例")
    parser.add_argument("--rules", type=Path, default=Path("rules"), help="规则所在的文件夹")
    parser.add_argument("--shared", type=Path, help="规则文件夹里没有的文件从这里取")
    parser.add_argument("--output", type=Path, default=Path("output"), help="成品所在的文件夹")
    options = parser.parse_args(arguments)
    try:
        return _check(options.rules, options.shared, options.output)
    except CampaignError as error:
        click.echo(error)
        return error.exit_code


def _check(rules: Path, shared: Path | None, output: Path) -> int:
    rulebook = load(rules, shared)
    cases = read_cases(rules / FOLDER, rulebook, f"{rules.name}/{FOLDER}")
    wrong = [str(each) for case in cases for each in run(case, rulebook)]
    wrong += untried(cases, rulebook)
    for line in wrong:
        click.echo(line)
    click.echo(f"{rules}：案例{len(cases)}个，{f'不符{len(wrong)}处' if wrong else '全部相符'}。")
    past = archive.load(output)
    if past:
        silent = never_fired(past, rulebook)
        said = "、".join(silent) or "无"
        click.echo(f"{output}的{len(past)}期里从未触发的规则：{said}。")
    return 4 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
