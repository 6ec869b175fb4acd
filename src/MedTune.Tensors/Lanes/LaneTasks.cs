namespace MedTune.Tensors;

/// <summary>Shares tasks out among threads in the widest registers this process runs.</summary>
internal static class LaneTasks
{
    /// <summary>Runs tasks 0 to <paramref name="count"/> - 1.</summary>
    public static void Run<TTask>(TaskPool pool, int count, TTask work)
        where TTask : struct, ILaneTask
    {
        switch (InstructionSets.Active)
        {
            case InstructionSet.Vector512:
                pool.Run(count, work, static (task, index) => task.Run<Lanes512>(index));
                break;
            case InstructionSet.Vector256:
                pool.Run(count, work, static (task, index) => task.Run<Lanes256>(index));
                break;
            case InstructionSet.Vector128:
                pool.Run(count, work, static (task, index) => task.Run<Lanes128>(index));
                break;
            default:
                pool.Run(count, work, static (task, index) => task.Run<ScalarLanes>(index));
                break;
        }
    }
}
