<#import "vestibule.ftl" as vestibule>
<#--
  Every page of the parent theme calls this: the way to the sign-up on login pages, and the brand's colours and name, as the
  operator's variables say them.
-->
<#macro colour name value=""><#if value?matches("#[0-9a-fA-F]{6}")>--vestibule-${name}:${value};</#if></#macro>
<#macro content>
<#if ["login", "login-username"]?seq_contains(pageId!"")><@vestibule.register /></#if>
<#local name = properties.vestibuleBrandName!"">
<style>
:root{<@colour name="accent" value=properties.vestibuleAccent!"" /><@colour name="on-accent" value=properties.vestibuleOnAccent!"" /><@colour name="panel" value=properties.vestibulePanel!"" /><@colour name="on-panel" value=properties.vestibuleOnPanel!"" />}
@media (prefers-color-scheme:dark){:root{<@colour name="accent" value=properties.vestibuleDarkAccent!"" /><@colour name="on-accent" value=properties.vestibuleDarkOnAccent!"" /><@colour name="panel" value=properties.vestibuleDarkPanel!"" /><@colour name="on-panel" value=properties.vestibuleDarkOnPanel!"" />}}
<#if name?has_content>
#kc-header-wrapper{visibility:hidden;font-size:0}
<#-- Raw text to HTML, a string to CSS: what could end either is written as an escape of CSS. -->
#kc-header-wrapper::after{visibility:visible;font-size:1.25rem;content:"<#noautoesc>${name?replace("\\", "\\5c ")?replace("\"", "\\22 ")?replace("<", "\\3c ")?replace("[\r\n]", " ", "r")}</#noautoesc>"}
</#if>
</style>
</#macro>
