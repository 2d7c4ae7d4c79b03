import { intentOf } from './dist/src/modules/sales/social-selling/intent.rules.js';
import { gunzipSync } from 'node:zlib'; import fs from 'node:fs';
const csv = gunzipSync(fs.readFileSync('/tmp/wt/shared/data/airline-tweets.csv.gz')).toString();
const rows=[];let f=[],c='',q=false;for(let i=0;i<csv.length;i++){const ch=csv[i];if(q){if(ch=='"'){if(csv[i+1]=='"'){c+='"';i++}else q=false}else c+=ch}else if(ch=='"')q=true;else if(ch==','){f.push(c);c=''}else if(ch=='\n'){f.push(c);rows.push(f);f=[];c=''}else if(ch!='\r')c+=ch}
const texts=rows.slice(1).map(r=>['en',r[2]]);
for(const [l,n] of [['en','english'],['es','spanish'],['pt','portuguese']])for(const s of ['train','val'])for(const t of fs.readFileSync(`/tmp/wt/shared/data/sentiment/xlmt_${n}_${s}_text.txt`,'utf8').split('\n'))if(t)texts.push([l,t]);
const by={};for(const [l,t] of new Map(texts.map(x=>[x[1],x])).values()){const r=intentOf(t,l);if(r.strength>=.5){console.log(l,r.strength,t.replaceAll('\n',' ').slice(0,200),'=>',r.words.map(w=>w.code+':'+w.phrase+' '+w.weight).join(' | '));by[l]=(by[l]??0)+1}}
console.log(by,texts.length);
