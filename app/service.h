#ifndef APP_SERVICE_H
#define APP_SERVICE_H

/*
 * What the program tells the service manager that started it (systemd's notification protocol): that it is
 * up, alive, reading its board again, ending. Without one ($NOTIFY_SOCKET is not set) everything here does
 * nothing. Main thread only.
 */

#include <stdbool.h>
#include <stdint.h>

struct service;

/* Never NULL. Takes $NOTIFY_SOCKET, $WATCHDOG_USEC and $WATCHDOG_PID out of the environment, so that no child
 * speaks for us. */
struct service *service_create(void);
void service_destroy(struct service *service);

/* Whether a service manager listens. */
bool service_is_managed(const struct service *service);

/* The first picture is on the screen, or it is known why there is none. Told once. */
void service_ready(struct service *service);

/* One line for `systemctl status`. */
void service_status(struct service *service, const char *line);

void service_reloading(struct service *service, int64_t now_monotonic_ms);
void service_reloaded(struct service *service);
void service_stopping(struct service *service);

/*
 * Called wherever the caller has just seen that the screen and the data are alive; tells it at most twice in
 * the time that the service manager allows, so that calling often costs nothing.
 */
void service_alive(struct service *service, int64_t now_monotonic_ms);

/* When service_alive() is due again at the latest; INT64_MAX: nobody watches. */
int64_t service_next_alive_ms(const struct service *service);

#endif
