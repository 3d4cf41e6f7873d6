#include "app/wishes.h"

#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>

#include "base/memory.h"

struct node {
    struct wish wish;
    char *tile; /* owned */
    struct node *next;
};

/* One thread only ever pushes, the other only ever takes all: a stack that is turned round needs no lock. */
struct wishes {
    _Atomic(struct node *) newest;
};

struct wishes *wishes_create(void)
{
    return memory_create(1, sizeof(struct wishes));
}

static void node_destroy(struct node *node)
{
    free(node->tile);
    free(node);
}

void wishes_destroy(struct wishes *wishes)
{
    if (!wishes)
        return;
    struct node *node = atomic_load(&wishes->newest);
    while (node) {
        struct node *next = node->next;
        node_destroy(node);
        node = next;
    }
    free(wishes);
}

void wishes_post(struct wishes *wishes, const struct wish *wish)
{
    struct node *node = memory_create(1, sizeof *node);
    node->wish = *wish;
    node->wish.tile = node->tile = memory_copy_text(wish->tile);
    node->next = atomic_load(&wishes->newest);
    while (!atomic_compare_exchange_weak(&wishes->newest, &node->next, node))
        ;
}

/* The oldest first. */
static struct node *turned_round(struct node *node)
{
    struct node *oldest = NULL;
    while (node) {
        struct node *next = node->next;
        node->next = oldest;
        oldest = node;
        node = next;
    }
    return oldest;
}

bool wishes_take(struct wishes *wishes, void (*grant)(void *context, const struct wish *wish), void *context)
{
    struct node *node = turned_round(atomic_exchange(&wishes->newest, NULL));
    bool any = node != NULL;
    while (node) {
        struct node *next = node->next;
        grant(context, &node->wish);
        node_destroy(node);
        node = next;
    }
    return any;
}
