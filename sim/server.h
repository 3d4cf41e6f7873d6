#ifndef SIM_SERVER_H
#define SIM_SERVER_H

/*
 * Serves a simulated contact centre over HTTP on loopback, in the shapes of real services
 * (see sim/README.md for the paths).
 */

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

struct simulator;

struct simulator_settings {
    const char *scenario;
    uint64_t seed;
    const struct simulator *beginning; /* is copied instead of making one of scenario and seed; NULL: none */
    double speed;                      /* of the simulated day against real time; 0: the day stands still */
    int port;                          /* 0: any free one */
    int64_t start_wall_ms;             /* what real time it is said to be at the start; 0: the clock's own */
};

struct simulator_server;

/* Starts a thread of its own. NULL: the error says why (port taken, unknown scenario). */
struct simulator_server *simulator_server_create(const struct simulator_settings *settings,
                                                 struct error *error);
void simulator_server_destroy(struct simulator_server *server);

int simulator_server_port(const struct simulator_server *server);

#endif
