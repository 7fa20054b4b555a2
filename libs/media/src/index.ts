/**
 * Media: what a picture is, where its bytes live, and who may fetch them by a signed link.
 */
export * from './inspection';
export * from './links';
export * from './object-store';
