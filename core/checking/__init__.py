"""Does a gradient agree with differences that know no rules?"""
