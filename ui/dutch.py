"""Click in Dutch: help pages and errors of use.

In:  commands and options.
Out: the same, with every word that a user reads in Dutch.

Knows nothing of what the commands do.
"""

from __future__ import annotations

import click


class UnknownCommandError(click.UsageError):
    """There is no command of that name."""


class DutchCommand(click.Command):
    """A command whose help is in Dutch."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return --help, explained in Dutch."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Laat deze uitleg zien."
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line of use."""
        pieces = " ".join(self.collect_usage_pieces(ctx)).replace("[OPTIONS]", "[OPTIES]")
        pieces = pieces.replace("COMMAND [ARGS]...", "OPDRACHT …")
        formatter.write_usage(ctx.command_path, pieces, prefix="Gebruik: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        rows = [row for option in options if (row := option.get_help_record(ctx))]
        if rows:
            with formatter.section("Opties"):
                formatter.write_dl(rows)


class DutchGroup(DutchCommand, click.Group):
    """A group of commands whose help is in Dutch."""

    command_class = DutchCommand

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands in the order in which they are needed."""
        rows = [(name, command.get_short_help_str(90)) for name, command in self.commands.items()]
        with formatter.section("Opdrachten"):
            formatter.write_dl(rows)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order in which they are needed."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command.

        Raises:
            UnknownCommandError: If there is none of that name.
        """
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            raise UnknownCommandError(f"De opdracht '{args[0]}' bestaat niet.", ctx)
        return super().resolve_command(ctx, args)


def explain(problem: click.UsageError) -> str:
    """Return what is wrong with a command line, in Dutch."""
    if isinstance(problem, click.exceptions.NoArgsIsHelpError):
        return problem.message  # the help page itself
    name = _name_of(problem)
    if isinstance(problem, click.NoSuchOption):
        text = f"De optie '{problem.option_name}' bestaat niet."
    elif isinstance(problem, click.MissingParameter):
        text = f"Er mist iets: {name}."
    elif isinstance(problem, click.BadParameter):
        text = f"De waarde voor {name} klopt niet."
    elif isinstance(problem, click.BadOptionUsage):
        text = f"De optie '{problem.option_name}' heeft een waarde nodig."
    elif isinstance(problem, UnknownCommandError):
        text = problem.message
    else:  # all that is left in click: words that no argument takes
        text = "Er staan te veel woorden. Zet wat bij elkaar hoort tussen aanhalingstekens."
    path = problem.ctx.command_path if problem.ctx else "wegwijs"
    return f"{text} Kijk hoe het wel kan met: {path} --help"


def _name_of(problem: click.UsageError) -> str:
    param = getattr(problem, "param", None)
    if param is None:
        return "een argument"
    return param.opts[0] if isinstance(param, click.Option) else str(param.metavar or param.name)
