#ifndef FETCH_ADAPTER_H
#define FETCH_ADAPTER_H

/* The filters that come with the program: assets/adapters/VENDOR/FILTER.jq. */

#include "base/error.h"

/*
 * The file of an adapter as a board names it: "zendesk-talk/filter-team"; "zendesk-talk", which means
 * its "filter"; or a path of one's own that ends in ".jq". NULL: the error names those there are. The
 * caller frees the path.
 */
char *adapter_find(const char *assets_folder, const char *name, struct error *error);

#endif
