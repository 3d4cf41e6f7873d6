#ifndef SIM_PARKING_H
#define SIM_PARKING_H

/*
 * Where connections stand that get nothing for a while: they hang without holding the server's only
 * thread. A thread of its own lets them go on when their time has come.
 */

#include <stdbool.h>
#include <stdint.h>

struct MHD_Connection;
struct parking;

struct parking *parking_create(void);

/*
 * Called by the server's thread while it deals with the connection, which is dealt with again after
 * `for_ms`; below 0: only when the parking closes. False: it is closed, the connection goes on.
 */
bool parking_take(struct parking *parking, struct MHD_Connection *connection, int64_t for_ms);

/* Lets all go and takes no more: libmicrohttpd cannot stop while a connection stands here. */
void parking_close(struct parking *parking);

/* After the server has stopped. */
void parking_destroy(struct parking *parking);

#endif
