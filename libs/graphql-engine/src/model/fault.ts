/** Why a piece of metadata cannot become part of the model, in Hasura's words. */
export class ModelFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ModelFault';
  }
}
