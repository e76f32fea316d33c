"""The rules behind `shared.ielts.rules`, grouped by what they look at. Read that module first."""
