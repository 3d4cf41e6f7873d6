/* vigie simulate: the simulated contact centre alone, until it is told to stop. */
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/command.h"
#include "sim/server.h"

static void print_help(void)
{
    fputs("usage: vigie simulate --port PORT [--scenario NAME] [--seed N] [--speed X]\n"
          "\n"
          "Serves a contact centre that is not there on 127.0.0.1, in the shapes of real services.\n"
          "\n"
          "  --port PORT      where; 0 takes any free port\n"
          "  --scenario NAME  journee (an ordinary day, the default), calme, pointe, panne\n"
          "  --seed N         the same number gives the same day; 1 by default\n"
          "  --speed X        simulated time against real time; 1 by default, 0 stands still\n"
          "\n"
          "GET / on that port lists the paths and the faults that can be asked for.\n",
          stdout);
}

static bool read_number(const char *text, double least, double most, double *number)
{
    char *end;
    *number = strtod(text, &end);
    return end != text && *end == '\0' && *number >= least && *number <= most;
}

static bool read_seed(const char *text, uint64_t *seed)
{
    char *end;
    *seed = strtoull(text, &end, 10);
    return text[0] >= '0' && text[0] <= '9' && *end == '\0';
}

/* EXIT_DONE: go on; the port stays -1 where none was given. */
static int read_option(int option, struct simulator_settings *settings)
{
    double number;
    switch (option) {
    case 'p':
        if (!read_number(optarg, 0, 65535, &number) || number != (int)number)
            return command_usage_error("simulate", "--port \"%s\" is not a number from 0 to 65535", optarg);
        settings->port = (int)number;
        return EXIT_DONE;
    case 'n':
        settings->scenario = optarg;
        return EXIT_DONE;
    case 's':
        if (!read_seed(optarg, &settings->seed))
            return command_usage_error("simulate", "--seed \"%s\" is not a whole number", optarg);
        return EXIT_DONE;
    case 'x':
        if (!read_number(optarg, 0, 3600, &settings->speed))
            return command_usage_error("simulate", "--speed \"%s\" is not a number from 0 to 3600", optarg);
        return EXIT_DONE;
    default:
        return command_usage_error("simulate", "the option \"%s\" does not exist or lacks its value", optarg);
    }
}

static void print_served(const struct simulator_settings *settings, int port)
{
    printf("simulated contact centre, scenario %s, seed %llu, speed %g\n", settings->scenario,
           (unsigned long long)settings->seed, settings->speed);
    printf("  canonical samples  http://127.0.0.1:%d/samples\n", port);
    printf("  Zendesk Talk       http://127.0.0.1:%d/api/v2/channels/voice/stats/...\n", port);
    printf("  Genesys Cloud      http://127.0.0.1:%d/api/v2/analytics/...\n", port);
    printf("  all paths, faults  http://127.0.0.1:%d/\n", port);
    fflush(stdout);
}

/* The signals are blocked before the server's threads exist, which inherit that: only sigwait() gets them. */
static int serve(const struct simulator_settings *settings)
{
    sigset_t stop, before;
    sigemptyset(&stop);
    sigaddset(&stop, SIGINT);
    sigaddset(&stop, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &stop, &before);

    struct error error = {0};
    struct simulator_server *server = simulator_server_create(settings, &error);
    if (server) {
        int received;
        print_served(settings, simulator_server_port(server));
        sigwait(&stop, &received);
    } else {
        fprintf(stderr, "vigie simulate: %s\n", error.text);
    }
    simulator_server_destroy(server);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return server ? EXIT_DONE : EXIT_FAILED;
}

int cmd_simulate(int argc, char **argv)
{
    static const struct option options[] = {
        {"port", required_argument, NULL, 'p'}, {"scenario", required_argument, NULL, 'n'},
        {"seed", required_argument, NULL, 's'}, {"speed", required_argument, NULL, 'x'},
        {"help", no_argument, NULL, 'h'},       {NULL, 0, NULL, 0}};
    struct simulator_settings settings = {.scenario = "journee", .seed = 1, .speed = 1, .port = -1};
    opterr = 0;
    optind = 0; /* GNU: begin anew */
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (option == 'h') {
            print_help();
            return EXIT_DONE;
        }
        if (option == '?')
            optarg = argv[optind - 1];
        if (read_option(option, &settings) != EXIT_DONE)
            return EXIT_USAGE;
    }
    if (optind < argc)
        return command_usage_error("simulate", "\"%s\" is one word too many", argv[optind]);
    if (settings.port < 0)
        return command_usage_error("simulate", "--port is missing");
    return serve(&settings);
}
