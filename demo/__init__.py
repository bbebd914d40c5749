"""The demo world: real towns and the real calls of 2019 and 2020; everything else is plainly invented.

It stands after the last stage of the road and uses nothing but what people use: services and the door.
"""
