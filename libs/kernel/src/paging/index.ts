export { decodeCursor, encodeCursor, pageOf, type CursorPosition, type ListPage } from './page';
