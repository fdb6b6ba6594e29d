"""Why is a gradient what it is?"""
