#ifndef APP_SIMULATED_H
#define APP_SIMULATED_H

/* The simulated contact centre inside this program, for boards whose sources say "simulator:/…". */

#include <stdbool.h>
#include <stdint.h>

#include "app/config.h"
#include "base/error.h"
#include "sim/pace.h"
#include "sim/server.h"

enum {
    SIMULATED_SEED = 7,
    SIMULATED_START_MS = PACE_START_MS /* where the day is when the program starts */
};

extern const char simulated_scenario[];

/*
 * Where the board uses it: starts the server and turns the sources' "simulator:" into its address.
 * *server is NULL where the board does without. `still_at_wall_ms` not 0: the day stands still, and
 * that is the time that its answers give. False: the error says why it cannot be started.
 */
bool simulated_start(struct config *config, int64_t still_at_wall_ms, struct simulator_server **server,
                     struct error *error);

/* Points the sources of a board that was read again to the centre that runs already. */
void simulated_point(struct config *config, const struct simulator_server *server);

#endif
