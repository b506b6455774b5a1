<#-- What several pages of this theme need. -->

<#-- The name that visitors know. -->
<#function brand>
  <#return properties.vestibuleBrandName?has_content?then(properties.vestibuleBrandName, realm.displayName!realm.name)>
</#function>

<#-- Whether this theme has words in the page's language; in any other, Keycloak's own are shown. -->
<#function speaks>
  <#return msg("vestibuleLanguage") == lang?keep_before("-")>
</#function>

<#-- Whether the page's message is the one with this key, whatever was filled into it. Templates are told no key. -->
<#function says key>
  <#local mark = "\xE000">
  <#local parts = msg(key, mark)?split(mark)>
  <#return (message.summary!"")?starts_with(parts?first) && (message.summary!"")?ends_with(parts?last)>
</#function>

<#-- A page of the portal, in the page's language; empty where the portal's address isn't known. -->
<#function portal path>
  <#local home = "">
  <#if (client.clientId)! == properties.vestibulePortalClient && (client.baseUrl)?has_content>
    <#local home = client.baseUrl>
  <#elseif properties.vestibulePortalUrl?has_content>
    <#local home = properties.vestibulePortalUrl>
  </#if>
  <#if home == ""><#return ""></#if>
  <#return home?remove_ending("/") + speaks()?then("/" + lang?keep_before("-"), "") + path>
</#function>

<#-- A link that looks like a button; nothing where there is no address. -->
<#macro way href label quiet=false id="">
  <#if href?has_content>
    <p><a<#if id != ""> id="${id}"</#if> href="${href}" class="${quiet?then(properties.kcButtonSecondaryClass, properties.kcButtonPrimaryClass)} ${properties.kcButtonBlockClass}">${label}</a></p>
  </#if>
</#macro>

<#--
  The step that only a person takes. A button of a form: what opens a mail's link and then follows the page's links,
  as scanners do, finds none to follow.
-->
<#macro step uri label>
  <#local query = uri?keep_after("?")>
  <#if query?contains("%") || query?contains("+")>
    <#-- A form would encode a second time what is encoded already. -->
    <@way href=uri label=label />
  <#else>
    <form method="get" action="${uri?keep_before("?")}" data-once>
      <#list query?split("&") as pair>
        <input type="hidden" name="${pair?keep_before("=")}" value="${pair?keep_after("=")}">
      </#list>
      <button type="submit" class="${properties.kcButtonPrimaryClass} ${properties.kcButtonBlockClass}">${label}</button>
    </form>
    <script type="module" src="${url.resourcesPath}/js/once.js"></script>
  </#if>
</#macro>
