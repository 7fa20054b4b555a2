export { compileMutation } from './mutation';
