import 'reflect-metadata';
import { startService } from '@nself/kernel';
import { tuneHeap } from './heap';
import { graphqlService } from './service';

tuneHeap();
void startService(graphqlService);
