namespace MedTune.Tensors;

/// <summary>Scratch memory in slots, one for each thread of a pool: a task takes a free one and gives it back, so no more are needed than tasks run at once.</summary>
/// <param name="memory">The slots, one after the other.</param>
/// <param name="length">Floats of a slot.</param>
/// <param name="taken">For every slot 0, or 1 while a task uses it.</param>
internal readonly unsafe struct ThreadSlots(float* memory, int length, int* taken)
{
    /// <summary>A free slot's memory and its number.</summary>
    public float* Take(out int slot)
    {
        slot = 0;
        while (Interlocked.CompareExchange(ref taken[slot], 1, 0) != 0)
        {
            slot++;
        }

        return memory + ((nint)slot * length);
    }

    /// <summary>Gives a slot back.</summary>
    public void GiveBack(int slot) => Volatile.Write(ref taken[slot], 0);
}
