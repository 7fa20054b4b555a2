/**
 * Media: what a picture is, where its bytes live, and who may fetch them by a signed link.
 */
export * from './inspection';
export * from './ledger';
export * from './links';
export { MediaModule, openObjectStore } from './media.module';
export { storageSettings } from './media.settings';
export * from './object-store';
export * from './variants';
