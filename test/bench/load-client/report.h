#ifndef REPORT_H
#define REPORT_H

/* Lines of JSON on standard output. */

/* What a group received since its last mark, and what this program used. */
void report_group(int group);
/* Begins a new window of the group. */
void mark_group(int group);
/* When each peer of the group was up, and when each of its streams began. */
void report_joins(int group);

#endif
