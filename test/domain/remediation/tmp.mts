import { GitHubModel } from './model/github-model.ts';
import { simulate } from './model/simulate.ts';
const S=Number(process.argv[2]);
for (const name of ['createBranch','append','deleteBranch','openPull','close','reopen','remove','humanMove','merge'] as const){const old:any=(GitHubModel.prototype as any)[name];(GitHubModel.prototype as any)[name]=function(...a:any[]){let res='ok';try{const x=old.apply(this,a);return x}catch(e:any){res=e.message;throw e}finally{console.log(name,...a.map((x:any)=>typeof x==='object'?'#'+x.number:String(x).replace(/^plumbline.contracts-checkout-yaml./,'').replace(/^0+/,'').slice(0,22)),res,this.pulls.filter((p:any)=>p.state==='open').map((p:any)=>p.number+p.branch.slice(-22)+p.base).join())}}}
const o=simulate(S,{brokenLeases:false});console.log(o.mostOpen)
