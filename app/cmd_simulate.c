/* vigie simulate: the simulated contact centre alone, until it is told to stop. */
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/command.h"
#include "app/options.h"
#include "sim/server.h"

static bool read_seed(const char *text, uint64_t *seed)
{
    char *end;
    *seed = strtoull(text, &end, 10);
    return text[0] >= '0' && text[0] <= '9' && *end == '\0';
}

/* What the words say beyond being numbers; EXIT_DONE: go on. */
static int check_settings(const struct simulator_settings *settings, long port)
{
    if (port < 0)
        return command_usage_error("simulate", "--port is missing");
    if (port > 65535)
        return command_usage_error("simulate", "--port %ld is not a number from 0 to 65535", port);
    if (!(settings->speed >= 0 && settings->speed <= 3600))
        return command_usage_error("simulate", "--speed %g is not a number from 0 to 3600", settings->speed);
    return EXIT_DONE;
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
    bool served = server != NULL;
    if (served) {
        int received;
        print_served(settings, simulator_server_port(server));
        sigwait(&stop, &received);
    } else {
        fprintf(stderr, "vigie simulate: %s\n", error.text);
    }
    simulator_server_destroy(server);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return served ? EXIT_DONE : EXIT_FAILED;
}

int cmd_simulate(int argc, char **argv)
{
    struct simulator_settings settings = {.scenario = "journee", .seed = 1, .speed = 1};
    const char *seed = "1";
    long port = -1;
    const struct option_row options[] = {
        {.name = "port", .placeholder = "PORT", .number = &port, .help = "where; 0 takes any free port"},
        {.name = "scenario",
         .placeholder = "NAME",
         .text = &settings.scenario,
         .help = "journee (an ordinary day, the default), calme, pointe, panne"},
        {.name = "seed",
         .placeholder = "N",
         .text = &seed, /* 64 bits, all of them */
         .help = "the same number gives the same day; 1 by default"},
        {.name = "speed",
         .placeholder = "X",
         .real = &settings.speed,
         .help = "simulated time against real time; 1 by default, 0 stands still"},
        {0},
    };
    const struct usage usage = {
        "simulate", NULL,
        "Serves a contact centre that is not there on 127.0.0.1, in the shapes of real services.\n"
        "GET / on that port lists the paths and the faults that can be asked for.",
        options};
    int status = options_read(&usage, argc, argv, NULL);
    if (status != OPTIONS_READ)
        return status;
    if (!read_seed(seed, &settings.seed))
        return command_usage_error("simulate", "--seed \"%s\" is not a whole number", seed);
    if (check_settings(&settings, port) != EXIT_DONE)
        return EXIT_USAGE;
    settings.port = (int)port;
    return serve(&settings);
}
