#ifndef APP_ASSISTANT_H
#define APP_ASSISTANT_H

/*
 * `vigie probe --url URL`: asks an address that no board has yet, lists what its answer holds and what that
 * is likely to be, and writes a first filter and board.
 */

#include "app/options.h"

struct assistant_request {
    const char *url, *method, *body, *ca_file;
    const char *name;           /* of the source in the draft */
    const char *write;          /* a folder for the drafts; NULL: they are printed */
    struct option_list headers; /* "Name: value" */
    struct option_list auth; /* a kind, and KEY=VALUE as in a board's auth; secrets as file:PATH, env:NAME */
    bool json;
};

/* Gives the exit status. */
int assistant_run(const struct assistant_request *request);

#endif
