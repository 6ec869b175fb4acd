
namespace MedTune.Graphs.Operators;

/// <summary>Pairs of elements of any one type, broadcast, mapped one after another: for operators on whole numbers, where a plain loop is fast enough.</summary>
internal static class ElementPairs
{
    /// <summary>The forward of a node whose two inputs and output are all of type <typeparamref name="T"/>.</summary>
    public static Action Compile<T>(KernelContext context, Func<T, T, T> map)
        where T : unmanaged
    {
        var loop = BroadcastLoop.For(context.OutputShape(), context.InputShape(0), context.InputShape(1));
        var (x, y, z) = (context.Input<T>(0), context.Input<T>(1), context.Output<T>());
        (int stepX, int stepY) = (loop.Advances(0) ? 1 : 0, loop.Advances(1) ? 1 : 0);
        return () =>
        {
            for (int run = 0; run < loop.Outer; run++)
            {
                var a = x.Span[loop.Offset(0, run)..];
                var b = y.Span[loop.Offset(1, run)..];
                var c = z.Span.Slice(run * loop.Inner, loop.Inner);
                for (int i = 0; i < c.Length; i++)
                {
                    c[i] = map(a[i * stepX], b[i * stepY]);
                }
            }
        };
    }
}
