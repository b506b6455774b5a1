<#import "/vestibule.ftl" as shared>

<#-- Only colours of one form get into a style; anything else that a variable holds is ignored. -->
<#function colour value otherwise><#return value?matches("#[0-9a-fA-F]{6}")?then(value, otherwise)></#function>

<#-- The mail's frame. Tables, and styles at each element: many mail programs know nothing else. -->
<#macro frame>
<#local direction = ltr?then("ltr", "rtl")>
<!DOCTYPE html>
<html lang="${locale.language}" dir="${direction}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${subject}</title>
</head>
<body dir="${direction}" style="margin:0;padding:0;background-color:#f5f3ef;color:#18212c;font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Noto Sans Arabic',sans-serif;font-size:16px;line-height:1.5">
  <table role="presentation" dir="${direction}" width="100%" cellpadding="0" cellspacing="0" border="0">
    <tr>
      <td align="center" style="padding:24px 12px">
        <table role="presentation" dir="${direction}" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px;background-color:#ffffff;border-radius:12px;overflow:hidden">
          <tr>
            <td style="padding:20px 28px;background-color:${colour(properties.vestibulePanel, "#0d3b45")};color:${colour(properties.vestibuleOnPanel, "#f1f8f8")};font-size:18px;font-weight:600;text-align:${ltr?then("left", "right")}">${shared.brand()}</td>
          </tr>
          <tr>
            <td style="padding:28px;text-align:${ltr?then("left", "right")}">
              <#nested>
            </td>
          </tr>
        </table>
      </td>
    </tr>
  </table>
</body>
</html>
</#macro>

<#--
  A mail that asks for one click.
  lead: why it comes; actions: what Keycloak asks for behind the link
-->
<#macro oneClick lead actions>
<@frame>
  <h1 style="margin:0 0 16px;font-size:22px;line-height:1.3;font-weight:600">${msg("vestibuleTitle")}</h1>
  <p style="margin:0 0 24px">${lead} ${shared.afterwards(actions)}</p>
  <p style="margin:0 0 24px"><a href="${shared.address()}" style="display:inline-block;padding:12px 28px;background-color:${colour(properties.vestibuleAccent, "#0b5d66")};color:${colour(properties.vestibuleOnAccent, "#ffffff")};border-radius:8px;font-weight:600;text-decoration:none">${msg("vestibuleButton")}</a></p>
  <p style="margin:0 0 8px;font-size:14px;color:#55606f">${msg("vestibuleBareLink")}</p>
  <p dir="ltr" style="margin:0 0 24px;font-size:13px;word-break:break-all;text-align:${ltr?then("left", "right")}"><a href="${shared.address()}" style="color:#18212c">${shared.address()}</a></p>
  <p style="margin:0 0 8px;font-size:14px;color:#55606f">${msg("vestibuleLife", linkExpirationFormatter(linkExpiration))}</p>
  <p style="margin:0;font-size:14px;color:#55606f">${msg("vestibuleIgnore")}</p>
</@frame>
</#macro>
