#ifndef APP_COMMAND_H
#define APP_COMMAND_H

/*
 * The commands of `vigie`, one file each: app/cmd_<name>.c, one row each in app/main.c.
 *
 * A command gets its own words (argv[0] is its name) and gives the exit status: 0 done, 1 the thing
 * asked for failed or has errors, 2 the command line makes no sense. Results go to standard output,
 * diagnostics to standard error.
 */

enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2 };

struct command {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *arguments;
    const char *does;
};

int cmd_check(int argc, char **argv);
int cmd_demo(int argc, char **argv);
int cmd_history(int argc, char **argv);
int cmd_probe(int argc, char **argv);
int cmd_render(int argc, char **argv);
int cmd_replay(int argc, char **argv);
int cmd_run(int argc, char **argv);
int cmd_simulate(int argc, char **argv);
int cmd_staffing(int argc, char **argv);

/* Prints "vigie NAME: TEXT" and how to get help on standard error; gives EXIT_USAGE. */
int command_usage_error(const char *name, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
