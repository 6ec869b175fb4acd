using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MedTune.Tensors;

/// <summary>Copies a panel of an operand into the order in which tiles read it: for each depth, one value per row (of a) or column (of b).</summary>
internal static unsafe class Packing
{
    /// <summary><c>destination[p * width + i] = source[i * step + p * depthStep]</c> for i below count; places from count to width are set to zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack<T>(T* source, nint step, nint depthStep, int count, int depth, T* destination, int width)
        where T : unmanaged
    {
        if (count < width)
        {
            new Span<T>(destination, depth * width).Clear();
        }

        if (step == 1)
        {
            PackStraight(source, depthStep, count, depth, destination, width);
            return;
        }

        int done = 0;
        if (typeof(T) == typeof(float) && depthStep == 1 && Sse.IsSupported)
        {
            for (; done <= count - 4; done += 4)
            {
                TransposeFour((float*)source + (done * step), step, depth, (float*)destination + done, width);
            }
        }

        for (; done < count; done++)
        {
            T* from = source + (done * step);
            T* to = destination + done;
            for (int p = 0; p < depth; p++)
            {
                *to = *from;
                to += width;
                from += depthStep;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackStraight<T>(T* source, nint depthStep, int count, int depth, T* destination, int width)
        where T : unmanaged
    {
        for (int p = 0; p < depth; p++)
        {
            CopyRow(source, count, destination);
            source += depthStep;
            destination += width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyRow<T>(T* source, int count, T* destination)
        where T : unmanaged
    {
        int i = 0;
        int lanes = 16 / sizeof(T);
        for (; i <= count - lanes; i += lanes)
        {
            Vector128.Load((byte*)(source + i)).Store((byte*)(destination + i));
        }

        for (; i < count; i++)
        {
            destination[i] = source[i];
        }
    }

    /// <summary>Four rows at a time in blocks of 4 x 4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeFour(float* source, nint step, int depth, float* destination, int width)
    {
        int p = 0;
        for (; p <= depth - 4; p += 4)
        {
            Vector128<float> row0 = Vector128.Load(source);
            Vector128<float> row1 = Vector128.Load(source + step);
            Vector128<float> row2 = Vector128.Load(source + (2 * step));
            Vector128<float> row3 = Vector128.Load(source + (3 * step));
            Vector128<float> low01 = Sse.UnpackLow(row0, row1);
            Vector128<float> high01 = Sse.UnpackHigh(row0, row1);
            Vector128<float> low23 = Sse.UnpackLow(row2, row3);
            Vector128<float> high23 = Sse.UnpackHigh(row2, row3);
            Sse.MoveLowToHigh(low01, low23).Store(destination);
            Sse.MoveHighToLow(low23, low01).Store(destination + width);
            Sse.MoveLowToHigh(high01, high23).Store(destination + (2 * width));
            Sse.MoveHighToLow(high23, high01).Store(destination + (3 * width));
            source += 4;
            destination += 4 * width;
        }

        for (; p < depth; p++)
        {
            destination[0] = source[0];
            destination[1] = source[step];
            destination[2] = source[2 * step];
            destination[3] = source[3 * step];
            source++;
            destination += width;
        }
    }
}
