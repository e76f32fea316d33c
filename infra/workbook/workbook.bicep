// What an operator looks at: volumes, response times, tokens and cost, sources, rule findings.
param location string
param tags object
param applicationInsightsId string

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(applicationInsightsId, 'workbook')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'IELTS Speaking questions'
    category: 'workbook'
    sourceId: applicationInsightsId
    serializedData: replace(loadTextContent('workbook.json'), 'APPLICATION_INSIGHTS_ID', applicationInsightsId)
  }
}
