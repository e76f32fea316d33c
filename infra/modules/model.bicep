// Azure OpenAI with one deployment, asked by the app's identity alone: there are no keys.
param name string
param location string
param tags object
param identityPrincipalId string
param modelName string
param modelVersion string
param sku string
param capacity int

var openAiUser = '5e0bd9bd-7b93-4f28-af87-19fc36ad61bd'

resource account 'Microsoft.CognitiveServices/accounts@2025-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'OpenAI'
  sku: { name: 'S0' }
  properties: {
    customSubDomainName: name
    // checkov:skip=CKV_AZURE_238: the account itself reaches for nothing, so it needs no identity
    disableLocalAuth: true
    // checkov:skip=CKV_AZURE_134: instances of Flex Consumption have no fixed address; Entra decides who may ask
    publicNetworkAccess: 'Enabled'
  }

  resource questions 'deployments' = {
    name: 'questions'
    sku: {
      name: sku
      capacity: capacity
    }
    properties: {
      model: {
        format: 'OpenAI'
        name: modelName
        version: modelVersion
      }
      versionUpgradeOption: 'OnceCurrentVersionExpired'
    }
  }
}

resource mayAsk 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, identityPrincipalId, openAiUser)
  scope: account
  properties: {
    principalId: identityPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', openAiUser)
  }
}

output endpoint string = account.properties.endpoint
output deployment string = account::questions.name
