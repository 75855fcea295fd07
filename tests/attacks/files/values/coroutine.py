"""Returns a coroutine that never ends."""
import asyncio
async def forever():
    while True: await asyncio.sleep(1)
def answer(*a, **k): return forever()
