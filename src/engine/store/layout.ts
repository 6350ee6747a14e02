/**
 * What the sixteen words of a row mean. A list is circular through the row that owns it; each link is a pair of
 * words, next and previous, and a row is in at most one list per link.
 *
 * Times are milliseconds modulo 2^32: only their differences are compared, and none is more than 24.8 days away.
 */

/** Links: the first of two words. */
export type Link = 0 | 2 | 4;
/** A visible list, a rotation of ready groups, or a slot of the wheel. */
export const NEXT: Link = 0;
export const PREVIOUS = 1;
/** All messages of a queue, by send time. */
export const NEWER: Link = 2;
export const OLDER = 3;
/** The messages of a group, in send order. */
export const GROUP_NEXT: Link = 4;

/** The body that a message or a group belongs to. */
export const BODY = 6;
/** A message's group; 0 on a standard queue. */
export const GROUP = 7;
export const DUE = 8;
export const SENT = 9;
export const FIRST_RECEIVED = 10;
export const RECEIVED = 11;
export const RECEIVE_COUNT = 12;
export const HOLDER = 13;
/** Which handing-out a receipt must name. */
export const GENERATION = 14;
/** What the row is, below. */
export const KIND = 15;

/** A group: its place among the names. */
export const HASH = 7;
export const CHAIN = 8;

/** A queue's body: what a purge replaces. */
export const VISIBLE_COUNT = 4;
export const IN_FLIGHT_COUNT = 5;
export const DELAYED_COUNT = 6;
export const GROUP_COUNT = 7;
export const READY_COUNT = 8;
/** Where the last message with an older send time was put in; 0 for nowhere. */
export const FINGER = 9;
export const OWNER = 10;
export const RETENTION = 11;
export const IS_FIFO = 12;
/** The deadline that stands for the body in the heap of ages, if IS_ARMED. */
export const ARMED = 13;
export const IS_ARMED = 14;

/** A queue: its present body, and its number in order of making. */
export const PRESENT_BODY = 0;
export const QUEUE_NUMBER = 1;

export const FREE = 0;
export const VISIBLE = 1;
export const IN_FLIGHT = 2;
export const DELAYED = 3;
export const QUEUE = 4;
export const LIVING_BODY = 5;
export const DEAD_BODY = 6;
export const GROUP_ROW = 7;
/** A fork of the tree of group names: words 0 to 7 are its branches. */
export const FORK = 8;
export const SLOT = 9;

export const isMessage = (kind: number): boolean => kind >= VISIBLE && kind <= DELAYED;
