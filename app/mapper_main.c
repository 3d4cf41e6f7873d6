/*
 * vigie-mapper: the process in which the vendors' jq filters run. A program of its own, so that neither the
 * drawing libraries nor those of TLS are in the memory of what reads strangers' answers; nor do they cost any
 * there.
 */

#include "fetch/mapper.h"

int main(void)
{
    return mapper_process_main();
}
