#include <stdio.h>
#include <string.h>

#include "app/command.h"
#include "app/reference.h"
#include "app/version.h"
#include "fetch/mapper.h"
#include "fetch/secret.h"

static const struct command commands[] = {
    {"run", cmd_run, "[BOARD]", "the wallboard, full screen; BOARD is /etc/vigie/board.yaml if not given"},
    {"demo", cmd_demo, "", "a simulated contact centre and the board that shows it"},
    {"check", cmd_check, "BOARD", "every problem of a board file, one a line"},
    {"render", cmd_render, "BOARD --out FILE.png", "one picture without a display"},
    {"probe", cmd_probe, "BOARD | --url URL", "asks sources once and shows what came; drafts a first board"},
    {"replay", cmd_replay, "BOARD --samples FILE", "rehearses thresholds on recorded figures"},
    {"history", cmd_history, "BOARD", "what the board remembers: CSV, JSON lines, a week's report"},
    {"staffing", cmd_staffing, "--calls N ...", "how long callers wait, how many agents a goal takes"},
    {"simulate", cmd_simulate, "--port P", "the simulated contact centre alone"},
};

static const size_t command_count = sizeof commands / sizeof commands[0];

static void print_help(FILE *to)
{
    fprintf(to, "usage: vigie COMMAND [ARGUMENTS]\n\n");
    for (size_t i = 0; i < command_count; i++)
        fprintf(to, "  %-9s %-22s %s\n", commands[i].name, commands[i].arguments, commands[i].does);
    fprintf(to, "\n`vigie COMMAND --help` tells more; `vigie --version` names the libraries in use.\n");
}

int main(int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : "--help";
    secret_forbid_dumps();
    if (strcmp(name, "--mapper") == 0)
        return mapper_process_main();
    if (strcmp(name, "--reference") == 0) /* the package's pages, made when it is built */
        return reference_main(argc - 1, argv + 1, commands, command_count);
    if (strcmp(name, "--version") == 0) {
        version_print(stdout);
        return EXIT_DONE;
    }
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) {
        print_help(stdout);
        return EXIT_DONE;
    }
    for (size_t i = 0; i < command_count; i++)
        if (strcmp(name, commands[i].name) == 0)
            return commands[i].run(argc - 1, argv + 1);
    fprintf(stderr, "vigie: there is no command \"%s\"\n", name);
    print_help(stderr);
    return EXIT_USAGE;
}
