#include "app/simulated.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "sim/simulator.h"

const char simulated_scenario[] = "journee";

static const char scheme[] = "simulator:";

void simulated_point(struct config *config, const struct simulator_server *server)
{
    int port = simulator_server_port(server);
    for (size_t i = 0; i < config->source_count; i++) {
        struct source_settings *source = &config->sources[i];
        if (text_starts_with(source->url, scheme))
            source->url =
                arena_format(config->arena, "http://127.0.0.1:%d%s", port, source->url + sizeof scheme - 1);
    }
}

bool simulated_start(struct config *config, int64_t still_at_wall_ms, struct simulator_server **server,
                     struct error *error)
{
    *server = NULL;
    if (!config->uses_simulator)
        return true;
    if (!config->beginning)
        config->beginning = simulator_create(simulated_scenario, SIMULATED_SEED, error);
    if (!config->beginning)
        return false;
    struct simulator_settings settings = {
        .beginning = config->beginning,
        .speed = still_at_wall_ms ? 0 : 1,
        .start_wall_ms = still_at_wall_ms,
    };
    *server = simulator_server_create(&settings, error);
    if (!*server)
        return false;
    simulated_point(config, *server);
    return true;
}
