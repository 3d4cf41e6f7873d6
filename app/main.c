#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/command.h"
#include "app/reference.h"
#include "app/version.h"
#include "base/text.h"
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

static void print_help(void)
{
    printf("usage: vigie COMMAND [ARGUMENTS]\n\n");
    for (size_t i = 0; i < command_count; i++)
        printf("  %-9s %-22s %s\n", commands[i].name, commands[i].arguments, commands[i].does);
    printf("\n`vigie COMMAND --help` tells more; `vigie --version` names the libraries in use.\n");
}

static int unknown_command(const char *name)
{
    const char *names[sizeof commands / sizeof *commands + 1] = {0};
    for (size_t i = 0; i < command_count; i++)
        names[i] = commands[i].name;
    const char *nearest = text_nearest(name, names);
    fprintf(stderr,
            nearest ? "vigie: there is no command \"%s\"; did you mean \"%s\"?\n"
                    : "vigie: there is no command \"%s\"; vigie --help lists them\n",
            name, nearest);
    return EXIT_USAGE;
}

static int run(int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : "--help";
    if (strcmp(name, "--reference") == 0) /* the package's pages, made when it is built */
        return reference_main(argc - 1, argv + 1, commands, command_count);
    if (strcmp(name, "--version") == 0) {
        version_print(stdout);
        return EXIT_DONE;
    }
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) {
        print_help();
        return EXIT_DONE;
    }
    for (size_t i = 0; i < command_count; i++)
        if (strcmp(name, commands[i].name) == 0)
            return commands[i].run(argc - 1, argv + 1);
    return unknown_command(name);
}

/*
 * A standard stream that was closed becomes one that cannot be written: else the next file opened would have
 * its number, and what is printed would go into that file.
 */
static void occupy_standard_streams(void)
{
    int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
    while (fd >= 0 && fd <= STDERR_FILENO)
        fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (fd >= 0)
        close(fd);
}

/* `| head`, which has read enough. */
static bool reader_has_left(void)
{
    struct pollfd output = {.fd = STDOUT_FILENO};
    return poll(&output, 1, 0) == 1 && output.revents & POLLERR;
}

/* A result that did not arrive is no result. Which write failed, and why, stdio has forgotten by now. */
static int deliver(int status)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    if (!reader_has_left())
        fputs("vigie: the output could not be written; is the disk full, or standard output closed?\n",
              stderr);
    return status == EXIT_DONE ? EXIT_FAILED : status;
}

int main(int argc, char **argv)
{
    occupy_standard_streams();
    secret_forbid_dumps();
    return deliver(run(argc, argv));
}
