<#-- What the mails share, in HTML and in text. Nothing that a person can choose (a name, say) is in any of them. -->

<#-- The name that people know. -->
<#function brand>
  <#return properties.vestibuleBrandName?has_content?then(properties.vestibuleBrandName, realmName)>
</#function>

<#-- Whether this theme has words in the mail's language; in any other, Keycloak's own are sent. -->
<#function speaks>
  <#return msg("vestibuleLanguage") == locale.language>
</#function>

<#--
  The link, with the client that it is for (LoginActionsService.handleActionToken reads it): otherwise Keycloak doesn't
  know whose look to give to the page about an expired link, nor where to lead on from it. It stands first, so that a
  link that a mail program has cut off still tells.
-->
<#function address>
  <#if link?contains("client_id=") || !link?contains("?key=")><#return link></#if>
  <#return link?replace("?key=", "?client_id=" + properties.vestibulePortalClient?url("UTF-8") + "&key=")>
</#function>

<#-- What follows the click, in a sentence or two; empty where nothing does. -->
<#function afterwards actions>
  <#local sentences = []>
  <#if actions?seq_contains("webauthn-register-passwordless")>
    <#local sentences += [msg("vestibuleThenPasskey")]>
  <#elseif actions?seq_contains("UPDATE_PASSWORD")>
    <#local sentences += [msg("vestibuleThenPassword")]>
  </#if>
  <#if actions?seq_contains("CONFIGURE_TOTP")><#local sentences += [msg("vestibuleHaveApp")]></#if>
  <#return sentences?join(" ")>
</#function>
