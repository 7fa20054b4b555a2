import { buffer } from 'node:stream/consumers';
import { Inject, Injectable } from '@nestjs/common';
import { serviceContext, TenantTransaction } from '@nself/tenancy';
import { ObjectLedger } from '../ledger';
import { readableByPictureTools } from '../inspection';
import { OBJECT_STORE, type ObjectStore, variantKey } from '../object-store';
import { makeBlurhash, makePicture, pictureRecipes, type Recipe } from './recipes';
import { findOriginal, recordVariant, setReady } from './variants.repository';

/** Makes what is shown in place of an original. May run again at any time: each run ends in the same rows and objects. */
@Injectable()
export class VariantMaker {
  constructor(
    private readonly transaction: TenantTransaction,
    private readonly ledger: ObjectLedger,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
  ) {}

  /** Answers the names of the variants that were made; none for an item that is gone or is no picture. */
  async make(familyId: string, itemId: string): Promise<readonly string[]> {
    const context = serviceContext(familyId);
    const original = await this.transaction.run(context, manager => findOriginal(manager, familyId, itemId));
    if (!original) return [];
    const { recipes, blurhash } = readableByPictureTools(original.mime_type)
      ? await this.makePictures(familyId, itemId, original.object_key)
      : { recipes: [], blurhash: undefined };
    await this.transaction.run(context, manager => setReady(manager, familyId, itemId, blurhash));
    return recipes.map(({ variant }) => variant);
  }

  private async makePictures(
    familyId: string,
    itemId: string,
    key: string,
  ): Promise<{ recipes: readonly Recipe[]; blurhash: string }> {
    const bytes = await buffer((await this.store.get(key)).stream);
    for (const recipe of pictureRecipes) await this.makeOne(familyId, itemId, bytes, recipe);
    return { recipes: pictureRecipes, blurhash: await makeBlurhash(bytes) };
  }

  private async makeOne(familyId: string, itemId: string, original: Buffer, recipe: Recipe): Promise<void> {
    const picture = await makePicture(original, recipe);
    const objectKey = variantKey(familyId, itemId, recipe.variant, recipe.version);
    await this.ledger.keep(
      serviceContext(familyId),
      familyId,
      { key: objectKey, bytes: picture.bytes },
      manager => recordVariant(manager, { familyId, itemId, recipe, picture, objectKey }),
    );
  }
}
