// The few secrets there are. The app's settings only refer to them.
param name string
param location string
param tags object
param identityPrincipalId string
param deployerPrincipalId string
@secure()
param subjectKey string

var secretsUser = '4633458b-17de-408a-b874-0445c86b69e6'

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enableSoftDelete: true
    enablePurgeProtection: true
    // For that long nobody can take the name again, azd down --purge or not.
    softDeleteRetentionInDays: 7
    // checkov:skip=CKV_AZURE_109: instances of Flex Consumption have no fixed address; Entra decides who may read
    // checkov:skip=CKV_AZURE_189: as above
    publicNetworkAccess: 'Enabled'
  }

  resource key 'secrets' = {
    name: 'subject-key'
    properties: {
      value: subjectKey
      contentType: 'text/plain'
      // checkov:skip=CKV_AZURE_41: without the same key nobody finds their history again, so it must not expire
    }
  }
}

// The deployer reads the key back, so that a second deployment keeps it.
resource mayRead 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for reader in [identityPrincipalId, deployerPrincipalId]: {
    name: guid(vault.id, reader, secretsUser)
    scope: vault
    properties: {
      principalId: reader
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsUser)
    }
  }
]

output name string = vault.name
output subjectKeyUri string = vault::key.properties.secretUri
