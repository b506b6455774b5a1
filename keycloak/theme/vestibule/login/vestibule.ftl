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

<#-- Whether the page is the portal's own client's. -->
<#function isPortal>
  <#return (client.clientId)! == properties.vestibulePortalClient>
</#function>

<#--
  The portal's address, without a slash at the end; empty where it isn't known. In this order: the home URL of its client,
  what `keycloak:setup` has written into the realm, the variable of Keycloak's process.
-->
<#function home>
  <#if isPortal() && (client.baseUrl)?has_content>
    <#return client.baseUrl?remove_ending("/")>
  </#if>
  <#return ((realm.attributes["vestibule.portalUrl"])!properties.vestibulePortalUrl!"")?remove_ending("/")>
</#function>

<#-- A page of the portal, in the page's language; empty where the portal's address isn't known. -->
<#function portal path>
  <#if home() == ""><#return ""></#if>
  <#return home() + speaks()?then("/" + lang?keep_before("-"), "") + path>
</#function>

<#-- A link that looks like a button; nothing where there is no address. -->
<#macro way href label quiet=false id="">
  <#if href?has_content>
    <p><a<#if id != ""> id="${id}"</#if> href="${href}" class="${quiet?then(properties.kcButtonSecondaryClass, properties.kcButtonPrimaryClass)} ${properties.kcButtonBlockClass}">${label}</a></p>
  </#if>
</#macro>

<#--
  The way from a login page to the sign-up. It leads to the portal at Keycloak's own path for that, with the application's
  request: `register.js` puts it into the address; where no script runs, the page's own address, which is that request,
  goes along as the referrer.
-->
<#macro register>
  <#if home() != "">
    <p id="vestibule-register">${msg("noAccount")}
      <#if isPortal() || !((client.clientId)?has_content)>
        <a href="${portal("/sign-up")}">${msg("doRegister")}</a>
      <#else>
        <a href="${home()}/realms/${realm.name?url("UTF-8")}/protocol/openid-connect/registrations?client_id=${client.clientId?url("UTF-8")}&amp;kc_locale=${lang?url("UTF-8")}" referrerpolicy="unsafe-url" data-tab="${url.loginUrl?keep_after("tab_id=")?keep_before("&")}">${msg("doRegister")}</a>
        <script type="module" src="${url.resourcesPath}/js/register.js"></script>
      </#if>
    </p>
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
