#ifndef APP_ASSETS_H
#define APP_ASSETS_H

/*
 * Where the files that come with the program are: $VIGIE_ASSETS, else `assets/` beside the program,
 * else /usr/share/vigie.
 */

/* The folder, without a slash at its end. Found once; lives for ever. */
const char *assets_path(void);

/* The program itself, as a path that can be started again (the mapper process); $VIGIE_PROGRAM overrides it.
 * Lives for ever. */
const char *assets_program_path(void);

#endif
