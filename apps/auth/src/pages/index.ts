export { hidden, sendPage, type Page } from './page';
