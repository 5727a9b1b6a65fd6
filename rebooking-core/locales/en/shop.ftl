### Comments on orders in the shop. Behind each stands a mark of ours, which is no text.

shop-moved = Rebooked: { $before } → { $after }
# A linked order is about to be made.
shop-begun = Rebooking begun: { $before } → { $after }
# Said of the original, then of the linked order.
shop-replaced-by = Rebooked to order { $number }: { $before } → { $after }
shop-replaces = Rebooked from order { $number }: { $before } → { $after }
# Behind one of those above: what was paid, where that is not the list price, and what is due.
shop-paid = , paid so far: { $amount }
shop-due = , still to pay: { $amount }
shop-undone = Rebooking called off
# What is given back, as bookkeeping needs it.
shop-difference = Price difference { $gross } (net { $net }, { $percent } % tax { $tax })
