"""What every bench is made of: function apps in workers, load, the model's stand-in, reports."""
