#pragma once
/* Calls of the system with a variable number of arguments, which Swift can't make. */
#ifdef __linux__
#include <sys/prctl.h>
/* Whether processes that a descendant leaves behind become this process's children, and no longer init's. */
static inline int stackform_adopt_orphans(int is_on) { return prctl(PR_SET_CHILD_SUBREAPER, is_on, 0, 0, 0); }
#else
static inline int stackform_adopt_orphans(int is_on) { (void)is_on; return -1; }
#endif
