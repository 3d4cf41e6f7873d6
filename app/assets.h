#ifndef APP_ASSETS_H
#define APP_ASSETS_H

/*
 * Where the files that come with the program are: $VIGIE_ASSETS, else `assets/` beside the program,
 * else /usr/share/vigie.
 */

/* The folder, without a slash at its end. Found once; lives for ever. */
const char *assets_path(void);

/* The program of the mapper process: beside vigie itself ($VIGIE_PROGRAM overrides where that is), else
 * /usr/lib/vigie/vigie-mapper. Found once; lives for ever. */
const char *assets_mapper_path(void);

#endif
